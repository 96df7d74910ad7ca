package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockInfo;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.host.HostName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Block volumes fill hosting volumes until a new one is made, grow, and go. On simulated nodes only: Debian has no gluster-block, so the lab cannot have it. Hosting volumes are of 20 GiB, 19 of
 * which can be given away.
 */
final class BlockVolumesTest extends Scenario {

    private static final Duration PAUSE = Duration.ofMillis(20);

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(
                folderOfNodes, 0, ", \"auto_create_block_hosting_volume\": true, \"block_hosting_volume_size\": 20");
    }

    @Test
    void hostingVolumesAreFilledMadeAndLeftAsTheyWere() throws Exception {
        loadTopology(2);
        String cluster = client.clusters().getFirst();
        Map<String, String> empty = look().pictures();
        List<String> secrets = new ArrayList<>();

        try (Rest rest = new Rest(server.uri())) {
            BlockVolumeInfo first = create(rest, new BlockVolumeCreateRequest(8, List.of(), "first", 0, false));
            assertThat(first.target().hosts()).hasSize(3);
            assertThat(first.haCount()).isEqualTo(3);
            assertThat(first.usableGiB()).isEqualTo(8);
            assertThat(first.target().iqn()).startsWith("iqn.2016-12.org.gluster-block:");
            assertThat(first.target().username()).isEmpty();
            VolumeInfo hosting = client.volume(first.hostingVolume());
            assertThat(hosting.block()).isTrue();
            assertThat(hosting.glusterVolumeOptions()).containsExactly("", "group gluster-block", "");
            assertThat(hosting.durability().replicate().replica()).isEqualTo(3);
            assertThat(hosting.blockInfo()).isEqualTo(new BlockInfo(11, 1, List.of(first.id()), ""));

            BlockVolumeInfo second = create(rest, new BlockVolumeCreateRequest(8, List.of(), "", 2, true));
            assertThat(second.name()).isEqualTo("blockvol_" + second.id());
            assertThat(second.hostingVolume()).isEqualTo(hosting.id());
            assertThat(second.target().hosts()).hasSize(2);
            assertThat(second.target().iqn()).endsWith(second.target().username());
            assertThat(second.target().password()).hasSize(36);
            secrets.add(second.target().password());

            // 3 GiB are left in the first one; the same name is no obstacle in another
            BlockVolumeInfo third = create(rest, new BlockVolumeCreateRequest(8, List.of(), "first", 0, true));
            assertThat(third.hostingVolume()).isNotEqualTo(hosting.id());
            secrets.add(third.target().password());
            assertThat(client.volumes()).hasSize(2);
            assertThat(rest.get("/metrics").body())
                    .contains("heketi_block_volumes_count{cluster=\"" + cluster + "\",} 3.0");

            assertRefused(
                    rest.send("DELETE", "/volumes/" + hosting.id(), "", ""),
                    409,
                    "Cannot delete a block hosting volume containing block volumes");
            assertRefused(
                    rest.send("POST", "/blockvolumes", "{\"size\":20}", ""),
                    500,
                    "Failed to allocate new block volume: The size configured for automatic creation of block hosting volumes (20)"
                            + " is too small to host the requested block volume of size 20. The available size on this block"
                            + " hosting volume, minus overhead, is 19. Please create a sufficiently large block hosting volume"
                            + " manually.");
            assertRefused(
                    rest.send("POST", "/blockvolumes", "{\"size\":1,\"hacount\":-1}", ""),
                    400,
                    "validation failed: hacount: must be no less than 1.");
            client.setClusterFlags(cluster, new ClusterFlagsRequest(true, false));
            assertRefused(
                    rest.send("POST", "/blockvolumes", "{\"size\":1}", ""),
                    500,
                    "Failed to allocate new block volume: Cluster does not support requested volume type");
            client.setClusterFlags(cluster, new ClusterFlagsRequest(true, true));
        }
        int before = traces(Set.of("block ")).size();
        assertThat(before).as("each block volume is seen by each node").isEqualTo(3 * 3);

        try (Rest rest = new Rest(server.uri())) {
            List<BlockVolumeInfo> all = blockVolumes(rest);
            assertThat(all).hasSize(3);
            assertThat(client.cluster(cluster).blockVolumes())
                    .containsExactlyElementsOf(
                            all.stream().map(BlockVolumeInfo::id).toList());
            BlockVolumeInfo open = all.stream()
                    .filter(block -> block.haCount() == 2)
                    .findFirst()
                    .orElseThrow();

            BlockVolumeInfo grown = expand(rest, open, 11);
            assertThat(grown.sizeGiB()).isEqualTo(11);
            assertThat(grown.usableGiB()).isEqualTo(11);
            assertThat(client.volume(open.hostingVolume()).blockInfo().freeGiB())
                    .isZero();
            String path = "/blockvolumes/" + open.id() + "/expand";
            String prefix = "Failed to allocate block volume expansion: ";
            assertRefused(rest.send("POST", path, "{\"new_size\":12}", ""), 500, prefix + "No space");
            assertRefused(
                    rest.send("POST", path, "{\"new_size\":11}", ""),
                    500,
                    prefix + "Requested new-size 11 is same as current block volume size 11, nothing to be done.");
            assertRefused(
                    rest.send("POST", path, "{\"new_size\":3}", ""),
                    500,
                    prefix
                            + "Requested new-size 3 is less than current block volume size 11, shrinking is not allowed.");
            restrictions(rest, all);
        }
        partlyFailedExpansion();

        try (Rest rest = new Rest(server.uri())) {
            for (BlockVolumeInfo block : blockVolumes(rest)) {
                assertThat(ended(rest, rest.send("DELETE", "/blockvolumes/" + block.id(), "", ""))
                                .status())
                        .isEqualTo(204);
                assertThat(rest.get("/blockvolumes/" + block.id()).status()).isEqualTo(404);
            }
        }
        assertThat(volumes())
                .isNotEmpty()
                .allSatisfy(volume -> assertThat(volume.blockInfo()).isEqualTo(new BlockInfo(19, 1, List.of(), "")));
        client.volumes().forEach(client::deleteVolume);
        assertThat(look().pictures()).isEqualTo(empty);
        String log = Files.readString(server.log());
        assertThat(secrets).allSatisfy(secret -> assertThat(log).doesNotContain(secret));
    }

    /** A locked hosting volume is passed over, an unlocked one is used again. */
    private void restrictions(Rest rest, List<BlockVolumeInfo> all) throws IOException, InterruptedException {
        String withRoom = all.stream()
                .map(BlockVolumeInfo::hostingVolume)
                .filter(volume -> client.volume(volume).blockInfo().freeGiB() == 11)
                .findFirst()
                .orElseThrow();
        String path = "/volumes/" + withRoom + "/block-restriction";
        assertRefused(
                rest.send("POST", path, "{\"restriction\":\"locked-by-update\"}", ""),
                400,
                "validation failed: restriction: must be a valid value.");
        assertThat(ended(rest, rest.send("POST", path, "{\"restriction\":\"locked\"}", ""))
                        .location())
                .contains("/volumes/" + withRoom);
        assertThat(client.volume(withRoom).blockInfo().restriction()).isEqualTo("locked");

        BlockVolumeInfo elsewhere = create(rest, new BlockVolumeCreateRequest(10, List.of(), "elsewhere", 0, false));
        assertThat(elsewhere.hostingVolume()).isNotEqualTo(withRoom);

        ended(rest, rest.send("POST", path, "{\"restriction\":\"\"}", ""));
        BlockVolumeInfo back = create(rest, new BlockVolumeCreateRequest(11, List.of(), "back", 0, false));
        assertThat(back.hostingVolume()).isEqualTo(withRoom);
    }

    /** Told as a failure, shown as it is, and made up for by asking again. */
    private void partlyFailedExpansion() throws IOException, InterruptedException {
        BlockVolumeInfo block;
        try (Rest rest = new Rest(server.uri())) {
            block = blockVolumes(rest).stream()
                    .filter(each -> each.name().equals("elsewhere"))
                    .findFirst()
                    .orElseThrow();
        }
        resizesFailOnNode2(true);
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer failed =
                    ended(rest, rest.send("POST", "/blockvolumes/" + block.id() + "/expand", "{\"new_size\":15}", ""));
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.body()).contains("elsewhere has 15 GiB now", "only 10 GiB are usable");
            BlockVolumeInfo seen = read(rest, "/blockvolumes/" + block.id());
            assertThat(seen.sizeGiB()).isEqualTo(15);
            assertThat(seen.usableGiB()).isEqualTo(10);
        }
        resizesFailOnNode2(false);
        try (Rest rest = new Rest(server.uri())) {
            assertThat(expand(rest, block, 15).usableGiB()).isEqualTo(15);
        }
    }

    private void resizesFailOnNode2(boolean fail) {
        server.stop();
        ((SimulatedStand) stand).inside(nodes -> {
            nodes.failBlockResizes(new HostName("node2"), fail);
            return fail;
        });
        server.restart();
    }

    private List<String> traces(Set<String> kinds) {
        return look().pictures().values().stream()
                .flatMap(String::lines)
                .filter(line -> kinds.stream().anyMatch(line::startsWith))
                .toList();
    }

    private static BlockVolumeInfo create(Rest rest, BlockVolumeCreateRequest request)
            throws IOException, InterruptedException {
        Rest.Answer end = ended(rest, rest.send("POST", "/blockvolumes", WireJson.write(request), ""));
        assertThat(end.status()).as(end.body()).isEqualTo(200);
        return WireJson.read(end.body(), BlockVolumeInfo.class);
    }

    private static BlockVolumeInfo expand(Rest rest, BlockVolumeInfo block, int sizeGiB)
            throws IOException, InterruptedException {
        Rest.Answer end = ended(
                rest,
                rest.send("POST", "/blockvolumes/" + block.id() + "/expand", "{\"new_size\":" + sizeGiB + "}", ""));
        assertThat(end.status()).as(end.body()).isEqualTo(200);
        return WireJson.read(end.body(), BlockVolumeInfo.class);
    }

    /** The end of a job; where it leads somewhere, what is there. */
    private static Rest.Answer ended(Rest rest, Rest.Answer accepted) throws IOException, InterruptedException {
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        Rest.Answer end = rest.end(accepted.location().orElseThrow(), PATIENCE, PAUSE);
        if (end.status() != 303) {
            return end;
        }
        Rest.Answer found = rest.get(end.location().orElseThrow());
        return new Rest.Answer(found.status(), found.body(), end.location(), false, found.retryAfter());
    }

    private static List<BlockVolumeInfo> blockVolumes(Rest rest) throws IOException, InterruptedException {
        List<BlockVolumeInfo> all = new ArrayList<>();
        for (String id : WireJson.read(rest.get("/blockvolumes").body(), BlockVolumeList.class)
                .blockVolumes()) {
            all.add(read(rest, "/blockvolumes/" + id));
        }
        return all;
    }

    private static BlockVolumeInfo read(Rest rest, String path) throws IOException, InterruptedException {
        return WireJson.read(rest.get(path).body(), BlockVolumeInfo.class);
    }

    private static void assertRefused(Rest.Answer answer, int status, String text) {
        assertThat(answer.body()).isEqualTo(text + "\n");
        assertThat(answer.status()).isEqualTo(status);
    }
}
