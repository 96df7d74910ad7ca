package bricklayer.client;

import bricklayer.api.BlockInfo;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeExpandRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.FakeServer.Refusal;
import bricklayer.client.FakeServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The block volumes of {@link FakeServer}. They need a hosting volume that is there already. */
final class FakeBlockVolumes {

    private final FakeServer server;
    private final Map<String, BlockVolumeInfo> blockVolumes = new TreeMap<>();

    FakeBlockVolumes(FakeServer server) {
        this.server = server;
    }

    /** What a hosting volume of this size has to give: all but two in a hundred. */
    static BlockInfo room(long sizeGiB) {
        long reserved = (sizeGiB * 2 + 99) / 100;
        return new BlockInfo(sizeGiB - reserved, reserved, List.of(), "");
    }

    Reply answer(String what, String id, String body) {
        return switch (what) {
            case "POST /blockvolumes" -> create(WireJson.read(body, BlockVolumeCreateRequest.class));
            case "GET /blockvolumes" -> Reply.json(200, new BlockVolumeList(List.copyOf(blockVolumes.keySet())));
            case "GET /blockvolumes/*" -> Reply.json(200, FakeServer.found(blockVolumes, id));
            case "POST /blockvolumes/*/expand" -> expand(id, WireJson.read(body, BlockVolumeExpandRequest.class));
            case "DELETE /blockvolumes/*" -> delete(id);
            default -> throw new Refusal(404, "Invalid path or request");
        };
    }

    private Reply create(BlockVolumeCreateRequest request) {
        if (request.sizeGiB() < 1) {
            throw new Refusal(400, "validation failed: size: cannot be blank.");
        }
        VolumeInfo host = server.volumes().stream()
                .filter(volume -> volume.block()
                        && volume.blockInfo().restriction().isEmpty()
                        && volume.blockInfo().freeGiB() >= request.sizeGiB())
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        500,
                        "Failed to allocate new block volume: Block Hosting Volume Creation is disabled. Create a Block"
                                + " hosting volume and try again."));
        String id = server.nextId("f");
        List<String> all = host.mount().glusterfs().hosts();
        List<String> hosts = request.haCount() == 0 ? all : all.subList(0, Math.min(request.haCount(), all.size()));
        BlockVolumeInfo made = info(
                request.sizeGiB(),
                request.name().isEmpty() ? "blockvol_" + id : request.name(),
                id,
                new BlockVolumeInfo.Target(
                        hosts,
                        "iqn.2016-12.org.gluster-block:" + id,
                        0,
                        request.auth() ? id : "",
                        request.auth() ? "chap" : ""),
                host.cluster(),
                host.id());
        return server.accept(() -> {
            blockVolumes.put(id, made);
            take(host.id(), request.sizeGiB(), Stream.concat(inside(host.id()).stream(), Stream.of(id)));
            return "/blockvolumes/" + id;
        });
    }

    private Reply expand(String id, BlockVolumeExpandRequest request) {
        BlockVolumeInfo old = FakeServer.found(blockVolumes, id);
        if (request.totalGiB() < old.sizeGiB()) {
            throw new Refusal(
                    500,
                    "Failed to allocate block volume expansion: Requested new-size " + request.totalGiB()
                            + " is less than current block volume size " + old.sizeGiB()
                            + ", shrinking is not allowed.");
        }
        return server.accept(() -> {
            blockVolumes.put(
                    id, info(request.totalGiB(), old.name(), id, old.target(), old.cluster(), old.hostingVolume()));
            take(old.hostingVolume(), request.totalGiB() - old.sizeGiB(), inside(old.hostingVolume()).stream());
            return "/blockvolumes/" + id;
        });
    }

    private Reply delete(String id) {
        BlockVolumeInfo old = FakeServer.found(blockVolumes, id);
        return server.accept(() -> {
            blockVolumes.remove(id);
            take(
                    old.hostingVolume(),
                    -old.sizeGiB(),
                    inside(old.hostingVolume()).stream().filter(it -> !it.equals(id)));
            return "";
        });
    }

    private List<String> inside(String host) {
        return host(host).blockInfo().blockVolumes();
    }

    private VolumeInfo host(String id) {
        return server.volumes().stream()
                .filter(volume -> volume.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "Id not found"));
    }

    private void take(String host, long sizeGiB, Stream<String> inside) {
        BlockInfo old = host(host).blockInfo();
        server.setBlockInfo(
                host, new BlockInfo(old.freeGiB() - sizeGiB, old.reservedGiB(), inside.toList(), old.restriction()));
    }

    private static BlockVolumeInfo info(
            long sizeGiB, String name, String id, BlockVolumeInfo.Target target, String cluster, String host) {
        return new BlockVolumeInfo(sizeGiB, name, target.hosts().size(), id, target, cluster, host, sizeGiB);
    }
}
