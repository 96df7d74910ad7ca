package bricklayer.lvm;

/**
 * A device that is LVM's.
 *
 * @param group empty for one that is in no volume group
 */
public record PhysicalVolume(String uuid, String group) {}
