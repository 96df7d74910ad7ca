package bricklayer.tools;

import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "volume",
        description = "Volumes.",
        subcommands = {
            VolumeCommand.Create.class,
            VolumeCommand.Info.class,
            Describe.OfVolume.class,
            VolumeCommand.Listing.class,
            VolumeCommand.Expand.class,
            VolumeCommand.Clone.class,
            VolumeCommand.SetRestriction.class,
            VolumeCommand.Endpoint.class,
            VolumeCommand.Delete.class
        })
final class VolumeCommand extends Group {

    @Command(name = "create", description = "Creates a volume and starts it.")
    static final class Create extends VolumeKind.Showing<VolumeInfo> {

        @Option(names = "--size", required = true, paramLabel = "GIB", description = "Size in GiB.")
        private long size;

        @Option(names = "--name", defaultValue = "", description = "Default: vol_ and its id.")
        private String name = "";

        @Option(
                names = "--durability",
                defaultValue = Durability.REPLICATE,
                paramLabel = "TYPE",
                description = "replicate, disperse or none; default replicate.")
        private String durability = "";

        @Option(names = "--replica", defaultValue = "3", paramLabel = "N", description = "Copies; default 3.")
        private int replica;

        @Option(
                names = "--disperse-data",
                defaultValue = "4",
                paramLabel = "N",
                description = "Data bricks of a dispersed volume; default 4.")
        private int data;

        @Option(
                names = "--redundancy",
                defaultValue = "2",
                paramLabel = "N",
                description = "Bricks of a dispersed volume that may fail; default 2.")
        private int redundancy;

        @Option(
                names = "--snapshot-factor",
                defaultValue = "1",
                paramLabel = "F",
                description = "Space for snapshots: 1.25 reserves a quarter more; default 1, none.")
        private float snapshotFactor;

        @Option(names = "--gid", defaultValue = "0", description = "Group that may write; default 0, nobody but root.")
        private long gid;

        @Option(
                names = "--clusters",
                split = ",",
                paramLabel = "ID",
                description = "Clusters to choose from; default all.")
        private List<String> clusters = new ArrayList<>();

        @Option(
                names = "--gluster-volume-options",
                split = ",",
                paramLabel = "OPTION VALUE",
                description = "Such as \"performance.io-cache off,user.heketi.arbiter true\".")
        private List<String> options = new ArrayList<>();

        @Option(
                names = "--block",
                arity = "0..1",
                defaultValue = "false",
                fallbackValue = "true",
                description = "Make a volume that hosts block volumes.")
        private boolean block;

        @Option(
                names = "--persistent-volume",
                arity = "0..1",
                defaultValue = "false",
                fallbackValue = "true",
                description = "Print a PersistentVolume for Kubernetes; needs --persistent-volume-endpoint.")
        private boolean persistentVolume;

        @Option(
                names = "--persistent-volume-file",
                paramLabel = "FILE",
                description = "Write a PersistentVolume for Kubernetes into this file.")
        private @Nullable Path persistentVolumeFile;

        @Option(
                names = "--persistent-volume-endpoint",
                defaultValue = "",
                paramLabel = "NAME",
                description = "The endpoints object in Kubernetes that names the nodes.")
        private String endpoint = "";

        @Option(names = "--explain", description = "Show why each device would be chosen or not, and change nothing.")
        private boolean explain;

        Create() {
            super(VolumeKind.VOLUME);
        }

        @Override
        boolean explains() {
            return explain;
        }

        @Override
        void run(BricklayerClient client) {
            if (persistentVolume && endpoint.isEmpty()) {
                throw misuse("Missing endpoint");
            }
            VolumeInfo created = client.createVolume(new VolumeCreateRequest(
                    size,
                    name,
                    clusters,
                    new Durability(
                            durability, new Durability.Replicate(replica), new Durability.Disperse(data, redundancy)),
                    gid,
                    options,
                    block,
                    snapshotFactor > 1 ? new Snapshot(true, snapshotFactor) : Snapshot.UNSAID));
            if (persistentVolumeFile != null) {
                write(persistentVolumeFile, PersistentVolume.json(created, endpoint));
            }
            if (persistentVolume) {
                say("%s", PersistentVolume.json(created, endpoint));
            } else if (persistentVolumeFile == null) {
                show(created);
            }
        }

        private void write(Path file, String text) {
            try {
                Files.writeString(root().surroundings().workingFolder().resolve(file), text);
            } catch (IOException e) {
                throw new UncheckedIOException("the volume is there, but " + file + " cannot be written", e);
            }
        }
    }

    @Command(name = "info", description = "Shows a volume.")
    static final class Info extends VolumeKind.Info<VolumeInfo> {
        Info() {
            super(VolumeKind.VOLUME);
        }
    }

    @Command(name = "list", description = "Lists the volumes.")
    static final class Listing extends VolumeKind.Listing<VolumeInfo> {
        Listing() {
            super(VolumeKind.VOLUME);
        }
    }

    @Command(name = "expand", description = "Makes a volume larger.")
    static final class Expand extends VolumeKind.Showing<VolumeInfo> {

        @Parameters(paramLabel = "ID", arity = "0..1", description = "Its id or name.")
        private @Nullable String id;

        @Option(names = "--volume", paramLabel = "ID", description = "Its id or name.")
        private @Nullable String volume;

        @Option(names = "--expand-size", required = true, paramLabel = "GIB", description = "How much to add, in GiB.")
        private long add;

        @Option(names = "--explain", description = "Show why each device would be chosen or not, and change nothing.")
        private boolean explain;

        Expand() {
            super(VolumeKind.VOLUME);
        }

        @Override
        boolean explains() {
            return explain;
        }

        @Override
        void run(BricklayerClient client) {
            String which = id == null ? volume : id;
            if (which == null) {
                throw misuse("Missing volume id");
            }
            show(client.expandVolume(id(client, which), add));
        }
    }

    @Command(name = "clone", description = "Makes a copy of a volume that shares its unchanged data.")
    static final class Clone extends VolumeKind.Showing<VolumeInfo> {

        @Parameters(paramLabel = "ID", description = "Its id or name.")
        private String id = "";

        @Option(names = "--name", defaultValue = "", description = "Default: vol_ and the copy's id.")
        private String name = "";

        Clone() {
            super(VolumeKind.VOLUME);
        }

        @Override
        void run(BricklayerClient client) {
            show(client.cloneVolume(id(client, id), new VolumeCloneRequest(name)));
        }
    }

    @Command(
            name = "set-block-hosting-restriction",
            description = "Says whether new block volumes may go to a volume that hosts such.",
            subcommands = {Locked.class, Unlocked.class})
    static final class SetRestriction extends Group {}

    /** Sets a restriction. */
    abstract static class Restriction extends VolumeKind.Showing<VolumeInfo> {

        private final String restriction;

        @Parameters(paramLabel = "ID", description = "Its id or name.")
        private String id = "";

        Restriction(String restriction) {
            super(VolumeKind.VOLUME);
            this.restriction = restriction;
        }

        @Override
        void run(BricklayerClient client) {
            show(client.setBlockRestriction(id(client, id), new BlockRestrictionRequest(restriction)));
        }
    }

    @Command(name = "locked", description = "Keeps new block volumes away from a volume.")
    static final class Locked extends Restriction {
        Locked() {
            super("locked");
        }
    }

    @Command(name = "unlocked", description = "Lets new block volumes go to a volume.")
    static final class Unlocked extends Restriction {
        Unlocked() {
            super("");
        }
    }

    @Command(
            name = "endpoint",
            description = "The endpoints object in Kubernetes that names the nodes of a volume.",
            subcommands = Patch.class)
    static final class Endpoint extends Group {}

    @Command(name = "patch", description = "Prints as JSON what makes such an object name the nodes of a volume.")
    static final class Patch extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Its id or name.")
        private String id = "";

        @Override
        void run(BricklayerClient client) {
            printText(PersistentVolume.endpointPatch(client.volume(names(client).volume(id))));
        }
    }

    @Command(name = "delete", description = "Deletes a volume and its data.")
    static final class Delete extends VolumeKind.Delete<VolumeInfo> {
        Delete() {
            super(VolumeKind.VOLUME);
        }
    }
}
