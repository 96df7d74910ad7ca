package bricklayer.functional;

import bricklayer.api.NodeInfo;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.host.HostName;
import java.nio.file.Path;
import java.util.function.BiConsumer;

final class BadDaysTest extends BadDays {

    private static final long GIB = 1L << 20;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    /** Goes into the machine room while the server is away. */
    private void change(NodeInfo node, BiConsumer<SimulatedNodes, HostName> how) {
        server.stop();
        ((SimulatedStand) stand).inside(nodes -> {
            how.accept(nodes, new HostName(host(node)));
            return true;
        });
        server.restart();
    }

    @Override
    void powerOff(NodeInfo node) {
        change(node, SimulatedNodes::cutPower);
    }

    @Override
    void powerOn(NodeInfo node) {
        change(node, SimulatedNodes::returnPower);
    }

    @Override
    void stopGlusterd(NodeInfo node) {
        change(node, SimulatedNodes::stopGlusterd);
    }

    @Override
    void startGlusterd(NodeInfo node) {
        change(node, SimulatedNodes::startGlusterd);
    }

    @Override
    void putFileSystemOn(NodeInfo node, String device) {
        change(node, (nodes, host) -> nodes.foreignSignature(host, device, "ext4"));
    }

    @Override
    void wipe(NodeInfo node, String device) {
        change(node, (nodes, host) -> nodes.disk(host, device, 20 * GIB));
    }

    @Override
    void takeOut(NodeInfo node, String device) {
        change(node, (nodes, host) -> nodes.takeDiskOut(host, device));
    }
}
