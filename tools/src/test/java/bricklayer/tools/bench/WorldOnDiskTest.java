package bricklayer.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.Drift;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.client.BricklayerClient;
import bricklayer.config.ConfigFile;
import bricklayer.main.BricklayerServer;
import bricklayer.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldOnDiskTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isServedAndTakesMoreVolumes(boolean bricksOnNodes) {
        Path config = WorldOnDisk.write(folder, new WorldOnDisk.Size(2, 6, 12, 8, bricksOnNodes));

        try (BricklayerServer server =
                BricklayerServer.start(ConfigFile.load(config, Map.of(), ConfigFile.Authentication.DISABLED)
                        .config())) {
            BricklayerClient client = BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                    .build();
            assertThat(client.volumes()).hasSize(8);
            List<Drift> lines = new ArrayList<>();
            client.reconcile("", "", lines::add);
            assertThat(lines).noneMatch(line -> line.unknown() != null);
            assertThat(lines.stream().anyMatch(line -> line.finding() != null)).isNotEqualTo(bricksOnNodes);

            client.createVolume(VolumeCreateRequest.of(1, Durability.UNSAID));

            assertThat(client.volumes()).hasSize(9);
        }
    }

    @Test
    void leavesRecordsAlone() {
        WorldOnDisk.Size size = new WorldOnDisk.Size(1, 3, 3, 1, false);
        WorldOnDisk.write(folder, size);

        assertThatThrownBy(() -> WorldOnDisk.write(folder, size)).isInstanceOf(StoreException.class);
    }

    @Test
    void refusesWhatCannotBeSpreadEvenly() {
        assertThatThrownBy(() -> new WorldOnDisk.Size(2, 7, 14, 2, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorldOnDisk.Size(2, 6, 13, 2, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorldOnDisk.Size(2, 6, 12, 3, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
