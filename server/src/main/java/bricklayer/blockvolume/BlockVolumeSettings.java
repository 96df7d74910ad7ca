package bricklayer.blockvolume;

import bricklayer.glusterblock.GlusterBlockSettings;

/**
 * What the configuration says about block volumes.
 *
 * @param autoCreate whether a hosting volume is made for a block volume that finds no room
 * @param hostingSizeGiB of such a volume
 */
public record BlockVolumeSettings(GlusterBlockSettings commands, boolean autoCreate, int hostingSizeGiB) {}
