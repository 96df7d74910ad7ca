package bricklayer.tools;

import bricklayer.api.AdoptionList;
import bricklayer.api.AdoptionRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.RequestRefused;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description = {
            "Takes over gluster volumes that no record names, as they are: made by hand, or left behind by records that were lost.",
            "For reading only unless --managed is given: they are listed, shown and mounted like others, and nothing is done to their storage.",
            "Without VOLUME and --all it only shows what could be adopted. --plan does so, too.",
            "Exit status: 0 all was adopted, 1 something was not."
        })
final class AdminAdoptCommand extends ClientCommand implements IExitCodeGenerator {

    @Parameters(
            paramLabel = "VOLUME",
            arity = "0..1",
            description = "Gluster's name for it; with --managed also the id of one that was adopted before.")
    private String volume = "";

    @Option(names = "--all", description = "All that no record names and that can be adopted.")
    private boolean all;

    @Option(names = "--cluster", paramLabel = "ID", description = "In this cluster only.")
    private String cluster = "";

    @Option(names = "--plan", description = "Only shows what would be adopted, and what stands against it.")
    private boolean plan;

    @Option(names = "--read-only", description = "Nothing is ever done to its storage. The default.")
    private boolean readOnly;

    @Option(
            names = "--managed",
            description =
                    "It becomes a volume like those made here. Each brick must lie as it would if it had been"
                            + " made here: a thin volume in the group of a device, mounted below the device's folder of bricks.")
    private boolean managed;

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    public int getExitCode() {
        return status;
    }

    @Override
    void run(BricklayerClient client) {
        if (all && !volume.isEmpty()) {
            throw misuse("name a volume, or give --all");
        }
        if (readOnly && managed) {
            throw misuse("--read-only and --managed exclude each other");
        }
        if (!volume.isEmpty() && !plan) {
            adopted(client.adopt(new AdoptionRequest(volume, cluster, managed)));
            return;
        }
        AdoptionList found = client.adoptions(cluster);
        List<AdoptionList.Candidate> wanted = found.volumes().stream()
                .filter(candidate -> volume.isEmpty()
                        || candidate.name().equals(volume)
                        || candidate.id().equals(volume))
                .toList();
        found.unknown().forEach(unknown -> {
            note("cluster " + unknown.cluster() + " could not be asked: " + unknown.why());
            status = 1;
        });
        if (plan || !all) {
            AdoptionList chosen = new AdoptionList(wanted, found.unknown());
            show(output, chosen, () -> text(chosen));
            return;
        }
        for (AdoptionList.Candidate candidate : wanted) {
            if (candidate.state().equals("orphan") || managed) {
                adopt(client, candidate);
            }
        }
    }

    /** One of all: what cannot be adopted stands in nobody's way. */
    private void adopt(BricklayerClient client, AdoptionList.Candidate candidate) {
        List<String> against =
                candidate.obstacles().isEmpty() && managed ? candidate.unmanageable() : candidate.obstacles();
        if (!against.isEmpty()) {
            leftAlone(candidate, String.join("; ", against));
            return;
        }
        try {
            adopted(client.adopt(new AdoptionRequest(candidate.name(), candidate.cluster(), managed)));
        } catch (RequestRefused refused) {
            leftAlone(candidate, String.valueOf(refused.getMessage()));
        }
    }

    private void leftAlone(AdoptionList.Candidate candidate, String why) {
        status = 1;
        note(candidate.name() + " was left alone: " + why);
    }

    private void adopted(VolumeInfo done) {
        show(
                output,
                done,
                () -> say(
                        "Adopted %s as volume %s%s",
                        done.name(), done.id(), done.readOnly() ? ", for reading only" : ""));
    }

    private void text(AdoptionList found) {
        if (found.volumes().isEmpty()) {
            say("Nothing to adopt.");
        }
        for (AdoptionList.Candidate candidate : found.volumes()) {
            say(
                    "%s in cluster %s: %s, %d GiB, %s",
                    candidate.name(),
                    candidate.cluster(),
                    candidate.type(),
                    candidate.sizeGiB(),
                    candidate.state().equals("orphan") ? "no record names it" : "adopted for reading only");
            candidate
                    .bricks()
                    .forEach(brick -> say(
                            "  %s%s",
                            brick.name(),
                            brick.device().isEmpty()
                                    ? ""
                                    : " on device " + brick.device() + ", logical volume " + brick.lv()));
            candidate.notes().forEach(text -> say("  note: %s", text));
            candidate.obstacles().forEach(text -> say("  cannot be adopted: %s", text));
            candidate.unmanageable().forEach(text -> say("  cannot be managed: %s", text));
            if (candidate.obstacles().isEmpty()) {
                say(
                        "  %s",
                        candidate.unmanageable().isEmpty()
                                ? "can be managed: bricklayer admin adopt " + candidate.name() + " --managed"
                                : candidate.state().equals("orphan")
                                        ? "can be adopted for reading only: bricklayer admin adopt " + candidate.name()
                                        : "stays for reading only");
            }
        }
    }
}
