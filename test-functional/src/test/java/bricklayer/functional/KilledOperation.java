package bricklayer.functional;

import bricklayer.api.BrickInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.StateRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An operation that is interrupted: how to get to where it can be asked for, the request, what it must have done, and back. */
enum KilledOperation {
    CREATE {
        @Override
        Ask prepare(KillEveryPoint world) {
            world.victim().ifPresent(volume -> world.client.deleteVolume(volume.id()));
            return new Ask(
                    "POST",
                    "/volumes",
                    "{\"size\":1,\"name\":\"" + VICTIM
                            + "\",\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}");
        }

        @Override
        boolean done(KillEveryPoint world, Before before) {
            return world.victim().isPresent();
        }
    },

    EXPAND {
        @Override
        Ask prepare(KillEveryPoint world) {
            VolumeInfo volume = freshVictim(world);
            world.fill(volume);
            return new Ask("POST", "/volumes/" + volume.id() + "/expand", "{\"expand_size\":1}");
        }

        @Override
        boolean done(KillEveryPoint world, Before before) {
            return world.victim().orElseThrow().sizeGiB() == 2;
        }
    },

    DELETE {
        @Override
        Ask prepare(KillEveryPoint world) {
            return new Ask("DELETE", "/volumes/" + freshVictim(world).id(), "");
        }

        @Override
        boolean done(KillEveryPoint world, Before before) {
            return world.victim().isEmpty();
        }
    },

    EVICT {
        @Override
        Ask prepare(KillEveryPoint world) {
            BrickInfo brick = world.kept().bricks().getFirst();
            world.healed(world.kept());
            return new Ask("POST", "/bricks/to-evict/" + brick.id(), "{}");
        }

        @Override
        boolean done(KillEveryPoint world, Before before) {
            return !KillEveryPoint.brickIds(world.kept()).equals(before.bricks());
        }
    },

    REMOVE_DEVICE {
        @Override
        Ask prepare(KillEveryPoint world) {
            BricklayerClient client = world.client;
            world.healed(world.kept());
            DeviceInfo full = world.devices()
                    .filter(device -> !device.bricks().isEmpty())
                    .max(Comparator.comparing(DeviceInfo::id))
                    .orElseThrow();
            client.setDeviceState(full.id(), new StateRequest("offline", ""));
            return new Ask("POST", "/devices/" + full.id() + "/state", "{\"state\":\"failed\"}");
        }

        @Override
        boolean done(KillEveryPoint world, Before before) {
            return world.devices().anyMatch(device -> device.state().equals("failed"));
        }
    };

    static final String VICTIM = "victim";

    /** A request. */
    record Ask(String method, String path, String body) {}

    /** What was there before it. */
    record Before(java.util.Set<String> bricks) {}

    /** Everything but the request itself. */
    abstract Ask prepare(KillEveryPoint world);

    /** Whether it has had its effect; else it must have had none. */
    abstract boolean done(KillEveryPoint world, Before before);

    /** A volume of its first size. */
    static VolumeInfo freshVictim(KillEveryPoint world) {
        Optional<VolumeInfo> there = world.victim();
        if (there.isPresent() && there.get().sizeGiB() == 1) {
            return there.get();
        }
        there.ifPresent(volume -> world.client.deleteVolume(volume.id()));
        return world.client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named(VICTIM));
    }

    /** Those of {@code -Dkinds}, by default all. */
    static List<KilledOperation> chosen() {
        String kinds = System.getProperty("kinds", "");
        return kinds.isEmpty()
                ? List.of(values())
                : Arrays.stream(kinds.split(",")).map(KilledOperation::valueOf).toList();
    }
}
