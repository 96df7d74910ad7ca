package bricklayer.gluster;

import java.util.OptionalLong;

/**
 * One brick in {@code gluster volume heal NAME info}.
 *
 * @param name {@code host:path}; {@code information not available} for some that are down
 * @param connected whether its process answers
 * @param entries files and folders that it has and others of its set lack; empty when that cannot be told, as for a brick that is down
 */
public record BrickHeal(String name, boolean connected, OptionalLong entries) {}
