package bricklayer.reconcile;

import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;
import java.util.Optional;

/** That the device that was found at a brick's mount point is still there. */
record OtherDeviceAt(HostName host, MountSettings mount, String path, String device) implements Check {

    @Override
    public String name() {
        return "other-device-at";
    }

    @Override
    public void ask(HostReader hosts) {
        Optional<String> there = hosts.query(host, new Mounts(mount).deviceAt(path));
        if (!there.equals(Optional.of(device))) {
            throw new Refused("Nothing to repair: "
                    + there.map(other -> other + " is mounted at ").orElse("nothing is mounted at ")
                    + path + " now, not " + device);
        }
    }
}
