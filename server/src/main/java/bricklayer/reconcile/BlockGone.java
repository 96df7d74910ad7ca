package bricklayer.reconcile;

import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;
import java.util.List;

/** That gluster-block does not know a block volume, before its record goes. */
record BlockGone(List<HostName> hosts, GlusterBlockSettings settings, String hosting, String block) implements Check {

    BlockGone {
        hosts = List.copyOf(hosts);
    }

    @Override
    public String name() {
        return "block-gone";
    }

    @Override
    public void ask(HostReader reader) {
        if (reader.queryFirst(hosts, new GlusterBlock(settings).info(hosting, block))
                .isPresent()) {
            throw new Refused("Cannot delete the record: gluster-block knows " + hosting + "/" + block);
        }
    }
}
