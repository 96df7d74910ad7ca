package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BrickEvictRequest;
import bricklayer.api.BrickInfo;
import bricklayer.api.Durability;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRules;
import bricklayer.api.PendingOperation;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.Credentials;
import bricklayer.client.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The exercises of {@code docs/game-days.md} end as the page says, with the rules that are written there. */
final class GameDaysTest extends FaultScenario {

    private static final Path PAGE = Path.of("..", "docs", "game-days.md");
    private static final VolumeCreateRequest PAIR = VolumeCreateRequest.of(5, Durability.replicate(2));

    /** The rule that an exercise of the page adds, on our nodes. */
    private void rulesOf(int exercise) throws IOException {
        String section = Files.readString(pageOf()).split("\n## ", -1)[exercise];
        Matcher command =
                Pattern.compile("(?m)^ +bricklayer server faults add (.*)$").matcher(section);
        assertThat(command.find()).as("exercise %d adds a rule", exercise).isTrue();
        StringBuilder rule = new StringBuilder();
        Matcher option =
                Pattern.compile("--([a-z-]+)(?: (\"[^\"]*\"|[^- ]\\S*))?").matcher(command.group(1));
        while (option.find()) {
            String value = option.group(2);
            boolean plain = value != null && value.matches("[0-9]+");
            rule.append(rule.isEmpty() ? "" : ",")
                    .append('"')
                    .append(option.group(1).replace('-', '_'))
                    .append("\":")
                    .append(value == null ? "true" : plain || value.startsWith("\"") ? value : '"' + value + '"');
        }
        client.setFaults(WireJson.read(
                "{\"rules\":[{" + rule.toString().replaceAll("node-([0-9])\\.example", "node$1") + "}]}",
                FaultRules.class));
    }

    /** Tests run in the folder of their module; elsewhere the page is named. */
    private static Path pageOf() {
        return Path.of(System.getProperty("bricklayer.game-days", PAGE.toString()));
    }

    private long acted() {
        return client.faults().rules().stream()
                .mapToLong(FaultReport.InForce::acted)
                .sum();
    }

    private BricklayerClient impatient() {
        return BricklayerClient.to(server.uri())
                .as(Credentials.admin(ServerProcess.ADMIN_KEY))
                .patience(Patience.PROBE.withOperation(Duration.ofSeconds(5)))
                .build();
    }

    @Test
    void theServerDiesAtThePivotOfADelete() throws IOException {
        VolumeInfo gone = client.createVolume(PAIR.named("gone"));
        rulesOf(1);

        assertThatThrownBy(() -> impatient().deleteVolume(gone.id())).isInstanceOf(BricklayerException.class);
        assertThat(server.awaitOwnEnd()).isEqualTo(CRASHED);
        server.restart();
        awaitNoOperations();

        assertThat(client.volumes()).isEmpty();
    }

    @Test
    void aNodeHangsDuringACreate() throws IOException {
        // as on the page there is a node to spare; how many creates meet the node is the placer's choice
        rulesOf(2);

        for (int tries = 0; acted() == 0 && tries < 5; tries++) {
            client.createVolume(PAIR);
        }

        assertThat(acted()).isPositive();
        assertThat(Files.readString(server.log())).contains("planned anew after");
    }

    @Test
    void repliesAreLost() throws IOException {
        rulesOf(3);

        VolumeInfo silent = client.createVolume(PAIR.named("silent"));

        assertThat(acted()).isGreaterThan(10);
        assertThat(client.volumes()).containsExactly(silent.id());
    }

    @Test
    void theDiskOfTheJournalIsFull() throws IOException {
        rulesOf(4);

        assertThatThrownBy(() -> client.createVolume(PAIR.named("unlucky")))
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> client.createVolume(PAIR.named("refused")))
                .hasMessageContaining("the records take no changes");
        assertThat(client.volumes()).isEmpty();
        server.stop();
        server.restart();

        client.createVolume(PAIR.named("lucky"));
    }

    @Test
    void aNodeIsDeadWhileItsBrickMoves() throws IOException {
        VolumeInfo volume = client.createVolume(PAIR.named("moving"));
        Map<String, String> hosts = manageHosts();
        rulesOf(5);
        String dead = client.faults().rules().getFirst().rule().node();
        List<BrickInfo> there = volume.bricks().stream()
                .filter(brick -> dead.equals(hosts.get(brick.node())))
                .toList();
        BrickInfo leaving = there.isEmpty() ? volume.bricks().getFirst() : there.getFirst();
        if (there.isEmpty()) {
            FaultRules elsewhere = WireJson.read(
                    "{\"rules\":[{\"node\":\"%s\",\"questions\":true,\"act\":\"unreachable\"}]}"
                            .formatted(hosts.get(leaving.node())),
                    FaultRules.class);
            client.setFaults(elsewhere);
        }

        client.evictBrick(leaving.id(), new BrickEvictRequest(""));

        assertThat(client.volume(volume.id()).bricks())
                .hasSize(2)
                .noneMatch(brick -> brick.id().equals(leaving.id()));
        assertThat(client.pendingOperations())
                .extracting(PendingOperation::typeName)
                .containsExactly("discard-brick");
        String rest = client.pendingOperations().getFirst().id();
        client.clearFaults();
        client.resumeOperation(rest);
        awaitNoOperations();
    }
}
