package bricklayer.tools.bench.report;

/**
 * Whether a bar is met.
 *
 * @param measured in words; empty when it was not
 * @param met {@code met}, {@code missed}, {@code not measured}, {@code not judged} with the reason, or where to look instead
 */
public record Verdict(String what, String bar, String measured, String met) {}
