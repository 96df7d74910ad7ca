package bricklayer.examine;

import bricklayer.api.Examination.Brick;
import bricklayer.api.Examination.Bricks;
import bricklayer.api.Examination.Option;
import bricklayer.api.Examination.Options;
import bricklayer.api.Examination.Volume;
import bricklayer.gluster.VolumeDetails;

/** Gluster's answers under the names of the wire. */
final class Shown {

    private Shown() {}

    static Volume volume(VolumeDetails volume) {
        return new Volume(
                volume.name(),
                volume.id(),
                volume.status(),
                volume.statusText(),
                volume.brickCount(),
                volume.distCount(),
                volume.stripeCount(),
                volume.replicaCount(),
                volume.arbiterCount(),
                volume.disperseCount(),
                volume.redundancyCount(),
                volume.type(),
                volume.typeText(),
                volume.transport(),
                new Bricks(volume.bricks().stream()
                        .map(brick -> new Brick(brick.uuid(), brick.name(), brick.hostUuid(), brick.arbiter() ? 1 : 0))
                        .toList()),
                volume.optCount(),
                new Options(volume.options().stream()
                        .map(option -> new Option(option.getKey(), option.getValue()))
                        .toList()));
    }
}
