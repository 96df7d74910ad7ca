package bricklayer.tools;

import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeInfo;
import bricklayer.client.BricklayerClient;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ids for what people call things: volumes and block volumes by name, nodes by a management or storage host name, devices by {@code NODE:PATH} or by a path that
 * there is only once, bricks by {@code NODE:PATH} as gluster has them. What looks like an id is one, and nobody is asked.
 *
 * <p>Methods throw {@link CommandFailed} when nothing or more than one thing is called so.
 */
final class Names {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

    private final BricklayerClient client;
    private final boolean idsOnly;

    private Names(BricklayerClient client, boolean idsOnly) {
        this.client = client;
        this.idsOnly = idsOnly;
    }

    static Names of(BricklayerClient client) {
        return new Names(client, false);
    }

    /** Takes every text for an id. */
    static Names idsOnly(BricklayerClient client) {
        return new Names(client, true);
    }

    /** @param label what the candidate is told from others by */
    private record Candidate(String id, String label) {}

    String volume(String text) {
        return id(
                text,
                "volume",
                "volume list",
                () -> Present.of(client.volumes(), client::volume).stream()
                        .filter(volume -> volume.name().equals(text))
                        .map(volume -> new Candidate(volume.id(), "in cluster " + volume.cluster())));
    }

    String blockVolume(String text) {
        return id(
                text,
                "block volume",
                "blockvolume list",
                () -> Present.of(client.blockVolumes(), client::blockVolume).stream()
                        .filter(volume -> volume.name().equals(text))
                        .map(volume -> new Candidate(volume.id(), "in cluster " + volume.cluster())));
    }

    String node(String text) {
        return id(
                text,
                "node",
                "node list",
                () -> Listings.nodes(client).stream()
                        .filter(node -> isCalled(node, text))
                        .map(node -> new Candidate(node.id(), host(node) + " in cluster " + node.cluster())));
    }

    /** The node itself; it is asked for by its id where that is given. */
    NodeInfo nodeInfo(String text) {
        return client.node(node(text));
    }

    String device(String text) {
        Place place = Place.of(text);
        return id(
                text,
                "device",
                "node list and bricklayer node info NODE",
                () -> Listings.nodes(client).stream()
                        .filter(node -> place.node().isEmpty() || isCalled(node, place.node()))
                        .flatMap(node -> node.devices().stream()
                                .filter(device -> device.name().equals(place.path())
                                        || device.paths().contains(place.path()))
                                .map(device -> new Candidate(device.id(), host(node) + ":" + device.name()))));
    }

    String brick(String text) {
        Place place = Place.of(text);
        return id(
                text,
                "brick",
                "topology info",
                () -> Listings.nodes(client).stream()
                        .filter(node -> place.node().isEmpty() || isCalled(node, place.node()))
                        .flatMap(node -> node.devices().stream()
                                .map(DeviceInfo::bricks)
                                .flatMap(List::stream)
                                .filter(brick -> brick.path().equals(place.path()))
                                .map(brick -> new Candidate(brick.id(), host(node) + ":" + brick.path()))));
    }

    /** {@code NODE:/PATH}, or a path alone. */
    private record Place(String node, String path) {

        static Place of(String text) {
            int colon = text.indexOf(":/");
            return colon < 0 ? new Place("", text) : new Place(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    private static boolean isCalled(NodeInfo node, String text) {
        return node.id().equals(text)
                || node.hostnames().manage().contains(text)
                || node.hostnames().storage().contains(text);
    }

    private static String host(NodeInfo node) {
        return node.hostnames().manage().stream().findFirst().orElse(node.id());
    }

    private String id(String text, String kind, String listing, Supplier<Stream<Candidate>> search) {
        if (idsOnly || text.isBlank() || ID.matcher(text).matches()) {
            return text;
        }
        List<Candidate> found = search.get().distinct().toList();
        if (found.size() == 1) {
            return found.getFirst().id();
        }
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "no " + kind + " is called " + text + "; to see what there is: bricklayer " + listing);
        }
        throw new CommandFailed(
                found.size() + " " + kind + "s are called " + text + "; give the id of the one you mean:"
                        + found.stream()
                                .map(candidate -> "\n  " + candidate.id() + "  " + candidate.label())
                                .collect(Collectors.joining()));
    }
}
