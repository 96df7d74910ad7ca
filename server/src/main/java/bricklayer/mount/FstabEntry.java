package bricklayer.mount;

/** One line of fstab that mounts something; comments are none. */
public record FstabEntry(String device, String mountPoint, String type, String options) {}
