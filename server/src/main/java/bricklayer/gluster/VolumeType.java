package bricklayer.gluster;

import java.util.List;

/** How {@code gluster volume create} is told what to do with the bricks. */
public record VolumeType(List<String> words) {

    public VolumeType {
        words = List.copyOf(words);
    }

    public static VolumeType distribute() {
        return new VolumeType(List.of());
    }

    public static VolumeType replica(int count) {
        return new VolumeType(List.of("replica", String.valueOf(count)));
    }

    /** Two copies and an arbiter; the third brick of each set is the arbiter. */
    public static VolumeType arbiter() {
        return new VolumeType(List.of("replica", "3", "arbiter", "1"));
    }

    public static VolumeType disperse(int data, int redundancy) {
        return new VolumeType(List.of("disperse-data", String.valueOf(data), "redundancy", String.valueOf(redundancy)));
    }
}
