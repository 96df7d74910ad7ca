package bricklayer.inventory;

/**
 * Durability in the words of a request, kept because answers repeat it: a replica count that was left out stays out.
 *
 * @param type none, replicate or disperse
 * @param replica 0 when left out, which means 2
 * @param data 0 unless disperse
 * @param redundancy 0 unless disperse
 */
public record RequestedDurability(String type, int replica, int data, int redundancy) {}
