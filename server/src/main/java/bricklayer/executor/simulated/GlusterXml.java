package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Layout;
import java.util.List;

/** A volume as {@code volume info --xml} shows it. */
final class GlusterXml {

    private GlusterXml() {}

    static void volume(StringBuilder xml, String name, GlusterVolume volume, Pools pools) {
        Layout layout = volume.layout();
        int sets = volume.bricks().size() / layout.setSize();
        xml.append("      <volume>\n");
        field(xml, "name", name);
        field(xml, "id", volume.id());
        field(xml, "status", volume.status().number());
        field(xml, "statusStr", volume.status().text());
        field(xml, "snapshotCount", volume.snapshots().size());
        field(xml, "brickCount", volume.bricks().size());
        field(xml, "distCount", sets);
        field(xml, "replicaCount", layout.replica());
        field(xml, "arbiterCount", layout.arbiter());
        field(xml, "disperseCount", layout.disperse());
        field(xml, "redundancyCount", layout.redundancy());
        field(xml, "type", type(layout, sets).number());
        field(xml, "typeStr", type(layout, sets).text());
        field(xml, "transport", 0);
        bricks(xml, volume, pools);
        field(xml, "optCount", volume.options().size());
        xml.append("        <options>\n");
        volume.options()
                .forEach((key, value) -> xml.append("          <option>\n            ")
                        .append(GlusterReply.element("name", key))
                        .append("\n            ")
                        .append(GlusterReply.element("value", value))
                        .append("\n          </option>\n"));
        xml.append("        </options>\n      </volume>\n");
    }

    private static void bricks(StringBuilder xml, GlusterVolume volume, Pools pools) {
        xml.append("        <bricks>\n");
        for (int i = 0; i < volume.bricks().size(); i++) {
            Brick brick = volume.bricks().get(i);
            String peer = Pools.peerId(pools.byHost(brick.host()));
            boolean arbiter =
                    volume.layout().arbiter() > 0 && (i + 1) % volume.layout().setSize() == 0;
            String name = GlusterReply.escaped(brick.name());
            xml.append("          <brick uuid=\"")
                    .append(peer)
                    .append("\">")
                    .append(name)
                    .append("<name>")
                    .append(name)
                    .append("</name><hostUuid>")
                    .append(peer)
                    .append("</hostUuid><isArbiter>")
                    .append(arbiter ? 1 : 0)
                    .append("</isArbiter></brick>\n");
        }
        xml.append("        </bricks>\n");
    }

    /** A brick as {@code volume heal … info --xml} shows it. */
    static void heal(StringBuilder xml, Brick brick, Pools pools) {
        Node host = pools.byHost(brick.host());
        boolean up = host.answersGluster() && host.directory(brick.path()).isPresent();
        xml.append("""
                      <brick hostUuid="%s">
                        %s
                        <status>%s</status>
                        <numberOfEntries>%s</numberOfEntries>
                      </brick>
                """.formatted(
                        up ? Pools.peerId(host) : "-",
                        GlusterReply.element("name", brick.name()),
                        up ? "Connected" : "Transport endpoint is not connected",
                        up ? pools.toHeal.getOrDefault(brick.name(), 0L).toString() : "-"));
    }

    /** A started volume as {@code volume status --xml} shows it. */
    static void status(StringBuilder xml, String name, GlusterVolume volume, Pools pools) {
        List<Brick> shown = volume.bricks().stream()
                .filter(brick -> pools.byHost(brick.host()).answersGluster())
                .toList();
        xml.append("      <volume>\n");
        field(xml, "volName", name);
        field(xml, "nodeCount", shown.size());
        for (Brick brick : shown) {
            boolean up = pools.isServed(brick, volume);
            String port = up ? "49152" : "N/A";
            xml.append("        <node>\n");
            nodeField(xml, "hostname", brick.storage());
            nodeField(xml, "path", brick.path());
            nodeField(xml, "peerid", Pools.peerId(pools.byHost(brick.host())));
            nodeField(xml, "status", up ? "1" : "0");
            nodeField(xml, "port", port);
            xml.append("          <ports>\n            <tcp>")
                    .append(port)
                    .append("</tcp>\n            <rdma>N/A</rdma>\n          </ports>\n");
            nodeField(xml, "pid", up ? "1000" : "-1");
            xml.append("        </node>\n");
        }
        xml.append("        <tasks/>\n      </volume>\n");
    }

    private record Type(int number, String text) {}

    private static Type type(Layout layout, int sets) {
        boolean distributed = sets > 1;
        if (layout.disperse() > 0) {
            return distributed ? new Type(9, "Distributed-Disperse") : new Type(4, "Disperse");
        }
        if (layout.replica() > 1) {
            return distributed ? new Type(7, "Distributed-Replicate") : new Type(2, "Replicate");
        }
        return new Type(0, "Distribute");
    }

    private static void nodeField(StringBuilder xml, String name, String value) {
        xml.append("          ").append(GlusterReply.element(name, value)).append('\n');
    }

    private static void field(StringBuilder xml, String name, Object value) {
        xml.append("        ")
                .append(GlusterReply.element(name, String.valueOf(value)))
                .append('\n');
    }
}
