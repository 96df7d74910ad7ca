package bricklayer.reconcile;

import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;

/** That a brick's mount point which is to go, or to be mounted over, holds nothing but an empty brick folder. */
record EmptyFolder(HostName host, MountSettings mount, String folder) implements Check {

    @Override
    public String name() {
        return "empty-folder";
    }

    @Override
    public void ask(HostReader hosts) {
        hosts.query(host, new Mounts(mount).firstIn(folder)).ifPresent(file -> {
            throw new Refused("Cannot remove what lies in " + folder + ": it holds " + file.path() + " (" + file.bytes()
                    + " bytes, changed " + file.changed() + ")");
        });
    }
}
