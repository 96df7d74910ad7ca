package bricklayer.lvm;

/**
 * A physical volume as {@code pvs} shows it.
 *
 * @param group empty for one that is in no volume group
 * @param missing whether LVM knows of it only from its group's other devices
 */
public record PvSeen(String device, String uuid, String group, long sizeKiB, long freeKiB, boolean missing) {}
