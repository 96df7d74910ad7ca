package bricklayer.client;

import bricklayer.api.Hostnames;
import bricklayer.api.TopologyFile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The smallest topology that takes a volume of three copies. */
final class ThreeNodes {

    private ThreeNodes() {}

    static final TopologyFile OF_ONE_DEVICE = new TopologyFile(List.of(new TopologyFile.Cluster(
            true,
            true,
            IntStream.rangeClosed(1, 3)
                    .mapToObj(n -> new TopologyFile.NodeEntry(
                            new TopologyFile.Node(
                                    new Hostnames(List.of("n" + n), List.of("192.0.2." + n)), n, Map.of()),
                            List.of(TopologyFile.Device.named("/dev/sdb"))))
                    .toList())));
}
