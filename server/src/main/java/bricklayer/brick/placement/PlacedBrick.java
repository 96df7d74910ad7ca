package bricklayer.brick.placement;

import bricklayer.brick.SpaceOnDevice;

/** One brick on its device. */
public record PlacedBrick(String deviceId, String nodeId, SpaceOnDevice space, boolean arbiter) {}
