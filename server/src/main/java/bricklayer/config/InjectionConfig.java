package bricklayer.config;

import bricklayer.api.FaultRules;

/**
 * Faults on purpose.
 *
 * @param allowed whether any may be; if not, the rules are not in force
 * @param rules from Heketi's hooks and from the file of rules, checked
 */
public record InjectionConfig(boolean allowed, FaultRules rules) {}
