package bricklayer.executor.simulated;

/** What a shelf holds. The names are in the log. */
enum Kind {
    MACHINE(Facts.Machine.class),
    DISK(Facts.Disk.class),
    GROUP(Facts.Group.class),
    LV(Facts.Lv.class),
    MOUNT(Facts.Mount.class),
    FSTAB(Facts.FstabLine.class),
    DIRECTORY(Facts.Directory.class),
    GLUSTER_VOLUME(Facts.GlusterVolume.class),
    BLOCK(Facts.Block.class),
    GLUSTER_SNAPSHOT(Facts.Snapshot.class),
    COUNT(Facts.Count.class);

    private final Class<? extends Record> type;

    Kind(Class<? extends Record> type) {
        this.type = type;
    }

    Class<? extends Record> type() {
        return type;
    }
}
