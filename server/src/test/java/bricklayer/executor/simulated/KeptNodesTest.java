package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.gluster.Peer;
import bricklayer.host.HostName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in a folder outlive the process, however it ends. */
class KeptNodesTest {

    @TempDir
    Path folder;

    private static Lab open(Path folder) {
        return new Lab(SimulatedNodes.in(folder, SimulatedSettings.DEFAULTS));
    }

    /** What a kill at this instant would leave: the folder as it is, without anything being closed. */
    private Path asKilled(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-" + name));
        Files.copy(log(folder), log(copy), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private static Path log(Path folder) {
        return folder.resolve(StateLog.FILE);
    }

    @Test
    void everyAnsweredCommandIsThereAfterAKill() throws IOException {
        try (Lab lab = open(folder)) {
            lab.nodes.nameNode(new HostName("manage4"), "10.0.0.4");
            lab.withPool().addVolume("v1");
            lab.run(N1, lab.gluster.peerProbe("10.0.0.4"), lab.gluster.setOption("v1", "user.heketi.id", "ü<&\"'\n"));
            lab.nodes.cutPower(N3);
            lab.nodes.stopGlusterd(N2);
            lab.nodes.foreignSignature(N1, "/dev/vdc", "xfs");
            Map<HostName, String> pictures = lab.nodes.pictures();

            try (Lab later = open(asKilled("later"))) {
                assertThat(later.nodes.pictures()).isEqualTo(pictures);
                later.refused(N1, 32, later.mounts.unmount(Lab.mountPoint("v1")));
                assertThat(later.ask(N1, later.gluster.poolList()).stream().map(Peer::hostname))
                        .contains("10.0.0.4");
            }
        }
    }

    @Test
    void openingTwiceMoreChangesNothing() throws IOException {
        try (Lab lab = open(folder)) {
            lab.withPool().addVolume("v1");
            lab.run(N1, lab.gluster.stop("v1"), lab.gluster.delete("v1"));
            lab.removeBrick(N1, "v1");
        }
        String once;
        Map<HostName, String> pictures;
        try (Lab lab = open(folder)) {
            pictures = lab.nodes.pictures();
            once = Files.readString(log(folder));
        }
        try (Lab lab = open(folder)) {
            assertThat(lab.nodes.pictures()).isEqualTo(pictures);
            assertThat(Files.readString(log(folder)).lines())
                    .hasSameElementsAs(once.lines().toList());
        }
    }

    @Test
    void aTornLastLineIsACommandThatNeverWas() throws IOException {
        String before;
        long whole;
        try (Lab lab = open(folder)) {
            lab.withDisks(N1).addDevice(N1);
            before = lab.nodes.picture(N1);
            whole = Files.size(log(folder));
            lab.run(N1, lab.lvm.lvcreateThin(Lab.thin("a")));
        }
        byte[] all = Files.readAllBytes(log(folder));

        for (int length : List.of((int) whole + 1, (int) (whole + all.length) / 2, all.length - 1)) {
            Path torn = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-torn" + length));
            Files.write(log(torn), java.util.Arrays.copyOf(all, length));
            try (Lab lab = open(torn)) {
                assertThat(lab.nodes.picture(N1)).as("cut at %s", length).isEqualTo(before);
                lab.run(N1, lab.lvm.lvcreateThin(Lab.thin("b")));
            }
            try (Lab lab = open(torn)) {
                assertThat(lab.ask(N1, lab.lvm.thinLv(Lab.thin("b"))).volume()).isTrue();
            }
        }
    }

    @Test
    void aDamagedLineIsNotPassedOver() throws IOException {
        try (Lab lab = open(folder)) {
            lab.withDisks(N1);
        }
        Files.writeString(log(folder), "{nonsense}\n[]\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 3 of")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aFolderIsOpenOnce() {
        try (Lab lab = open(folder)) {
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another process");
            lab.withDisks(N1);
        }
        open(folder).close();
    }

    @Test
    void whatHappensOnManyNodesAtOnceIsAllKept() throws Exception {
        int nodes = 8;
        Map<HostName, String> pictures;
        try (Lab lab = open(folder)) {
            List<Thread> threads = IntStream.range(0, nodes)
                    .mapToObj(n -> Thread.ofVirtual().start(() -> {
                        HostName host = new HostName("node" + n);
                        lab.withDisks(host).addDevice(host);
                        for (int brick = 0; brick < 5; brick++) {
                            lab.addBrick(host, "b" + brick);
                        }
                        lab.removeBrick(host, "b1");
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            pictures = lab.nodes.pictures();
        }
        assertThat(pictures).hasSize(nodes);
        assertThat(pictures.values())
                .allSatisfy(text -> assertThat(text.lines().filter(line -> line.startsWith("mount")))
                        .hasSize(4));
        try (Lab lab = open(folder)) {
            assertThat(lab.nodes.pictures()).isEqualTo(pictures);
        }
    }
}
