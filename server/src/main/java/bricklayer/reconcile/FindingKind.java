package bricklayer.reconcile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which records and nodes can disagree, in the order to repair them. The names are on the wire and stay. */
public enum FindingKind {
    VOLUME_MISSING(
            Risk.DATA,
            "gluster does not know a volume of the records",
            "by hand: its bricks are there, so look at gluster first; do not delete the volume"),
    GHOST_VOLUME(Risk.SAFE, "a volume of the records is neither in gluster nor on any node", "delete the record"),
    GHOST_BRICK(Risk.SAFE, "a brick of the records belongs to no volume, and is on no node", "delete the record"),
    VOLUME_ORPHAN(
            Risk.NAMED,
            "gluster has a volume that no record names",
            "adopt it for reading only (`bricklayer admin adopt`); only when it is named. Or delete it with gluster"),
    VOLUME_DIFFERS(
            Risk.DATA,
            "gluster and the records name different bricks for a volume",
            "by hand: find out which of the two is right"),
    DUPLICATE_OWNER(
            Risk.DATA,
            "several volumes of gluster say that they are the same volume of the records",
            "by hand: take the option user.heketi.id off the copy"),
    VOLUME_STOPPED(Risk.SERVICE, "a volume is not started", "start it"),
    OPTION_DIFFERS(Risk.SERVICE, "an option of a volume is not set as recorded", "set it"),
    VOLUME_IDENTITY_DIFFERS(
            Risk.SAFE,
            "the options of a gluster volume that tell of its records say something else than those",
            "tell it (`bricklayer admin stamp` tells all): a rebuild from the nodes reads them"),
    SNAPSHOT_LEFT_OVER(Risk.SAFE, "a snapshot that was made for a clone is still there", "delete the snapshot"),
    PEER_MISSING(Risk.SERVICE, "a node is not in the trusted pool of its cluster", "probe it"),
    PEER_UNKNOWN(Risk.NAMED, "the trusted pool has a member that no record names", "detach it; only when it is named"),
    PEER_DISCONNECTED(
            Risk.SERVICE,
            "a node answers, but the other nodes of its pool do not reach it",
            "by hand: look at its glusterd and network"),
    GROUP_MISSING(
            Risk.DATA,
            "a node does not show the volume group of a device",
            "by hand: is the disk there, does a filter of LVM hide it?"),
    GROUP_ORPHAN(
            Risk.DATA,
            "a volume group has a name of ours, and no record names it",
            "by hand: look for what lies in it; rebuild the records, or wipe the device"),
    GROUP_IDENTITY_DIFFERS(
            Risk.SAFE,
            "the tags of a volume group say something else of its device, node or cluster than the records",
            "tell it (`bricklayer admin stamp` tells all): a rebuild from the nodes reads them"),
    DISK_DIFFERS(
            Risk.DATA,
            "a volume group lies on another disk than was recorded, or LVM misses a part of it",
            "by hand: look at the disks"),
    SIZE_DIFFERS(
            Risk.SAFE,
            "a volume group has another size than its device has in the records",
            "measure the device again"),
    POOL_MISSING(Risk.DATA, "the thin pool of a brick is not there", "by hand: replace the brick"),
    POOL_ORPHAN(Risk.SAFE, "a thin pool with nothing in it, that no record names", "remove the pool"),
    POOL_SIZE_DIFFERS(Risk.SAFE, "a thin pool has another size than in the records", "correct the records"),
    LV_MISSING(Risk.DATA, "the logical volume of a brick is not there", "by hand: replace the brick"),
    LV_ORPHAN(
            Risk.FILES,
            "a logical volume in one of our volume groups, that no record names",
            "remove it, with its mount, its line of fstab and its folder"),
    LV_SIZE_DIFFERS(
            Risk.SAFE, "the logical volume of a brick has another size than in the records", "correct the records"),
    LV_IN_OTHER_POOL(Risk.DATA, "the logical volume of a brick lies in another pool than recorded", "by hand"),
    LV_INACTIVE(Risk.SERVICE, "the logical volume of a brick is not active", "by hand: lvchange -ay, and find out why"),
    UNMOUNTED(
            Risk.SERVICE, "the file system of a brick is not mounted", "mount it; its process is a finding of its own"),
    ON_ROOT_DISK(
            Risk.FILES,
            "a brick is not mounted, and a brick folder lies on the root disk in its place",
            "remove the folder there, mount the brick over it, start its process"),
    OTHER_DEVICE_MOUNTED(
            Risk.NAMED,
            "another device is mounted where a brick should be",
            "unmount it and mount the brick; only when it is named"),
    BRICK_PROCESS_DOWN(Risk.SERVICE, "the process of a brick is down", "start it: gluster volume start force"),
    READ_ONLY(
            Risk.DATA,
            "the file system of a brick is mounted for reading only",
            "by hand: the kernel's log says why; then xfs_repair, or replace the brick"),
    BRICK_FOLDER_MISSING(
            Risk.DATA,
            "the file system of a brick is mounted, and the brick's folder is not in it",
            "by hand: replace the brick"),
    GID_DIFFERS(Risk.SERVICE, "the folder of a brick belongs to another group than the volume", "set the group"),
    UNREADABLE(Risk.DATA, "a folder of a brick cannot be read", "by hand: the kernel's log says why"),
    FSTAB_MISSING(Risk.SERVICE, "fstab has no line for a brick: it is not mounted at the next boot", "add the line"),
    FSTAB_WRONG(Risk.SERVICE, "fstab mounts a brick at another place, or more than once", "write the line anew"),
    FSTAB_ORPHAN(
            Risk.SERVICE,
            "fstab has a line for a brick that no record names: the next boot may hang",
            "remove the line"),
    MOUNT_ORPHAN(Risk.DATA, "something is mounted below the folder of bricks that is no brick", "by hand: unmount it"),
    FOLDER_ORPHAN(Risk.FILES, "a folder of a brick that no record names", "remove the folder"),
    BLOCK_MISSING(
            Risk.NAMED,
            "gluster-block does not know a block volume of the records",
            "delete the record; only when it is named"),
    BLOCK_ORPHAN(Risk.DATA, "gluster-block has a block volume that no record names", "by hand: it holds data"),
    BLOCK_DIFFERS(
            Risk.SERVICE,
            "a block volume has another size or other targets than in the records",
            "by hand: expand it again"),
    ABANDONED(Risk.SERVICE, "an operation was given up and may have left something", "resume the operation");

    /** What a repair can do harm to. */
    public enum Risk {
        /** Nothing is lost whatever is found. */
        SAFE,
        /** Service changes for those who use the volume. */
        SERVICE,
        /** It would remove files; it is refused while there are any, unless it is named together with the flag for that. */
        FILES,
        /** It is done only for a finding that is named one by one. */
        NAMED,
        /** Nothing is done: data may hang on it, and a person must look. */
        DATA
    }

    private final Risk risk;
    private final String about;
    private final String repair;

    FindingKind(Risk risk, String about, String repair) {
        this.risk = risk;
        this.about = about;
        this.repair = repair;
    }

    public Risk risk() {
        return risk;
    }

    /** Whether something was found that no record names, or a record that nothing belongs to. */
    boolean isOfNobody() {
        return name().endsWith("_ORPHAN")
                || this == GHOST_VOLUME
                || this == GHOST_BRICK
                || this == PEER_UNKNOWN
                || this == SNAPSHOT_LEFT_OVER;
    }

    /** Whether nodes say something else of the records than those, and nothing else is wrong. */
    boolean isOfIdentity() {
        return this == VOLUME_IDENTITY_DIFFERS || this == GROUP_IDENTITY_DIFFERS;
    }

    /** In a sentence. */
    public String about() {
        return about;
    }

    /** What is proposed, in a sentence. */
    public String repair() {
        return repair;
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FindingKind> named(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
}
