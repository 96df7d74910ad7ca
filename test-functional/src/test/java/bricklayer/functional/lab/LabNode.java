package bricklayer.functional.lab;

/** One node. Commands go by the lab's own ssh, not through the product. */
public record LabNode(LabScript script, int number) {

    public enum Sudo {
        GRANTED,
        DENIED,
        MISSING
    }

    /** Where this machine reaches the node. */
    public String manage() {
        return "127.0.1." + number;
    }

    /** Where other nodes reach it. */
    public String storage() {
        return "10.77.0." + number;
    }

    /** Runs a shell script as root. */
    public LabScript.Ran run(String shell) {
        return script.run("ssh", id(), shell);
    }

    /** Runs a shell script as root that must succeed. Returns its standard output. */
    public String check(String shell) {
        return script.check("ssh", id(), shell);
    }

    /** Power cut. What the node has not written back is lost. */
    public void kill() {
        script.check("kill", id());
    }

    /** Power on; returns when the node serves. */
    public void start() {
        script.check("start", id());
    }

    public void freeze() {
        script.check("freeze", id());
    }

    public void thaw() {
        script.check("thaw", id());
    }

    /** Takes the node off the network. */
    public void cut() {
        script.check("cut", id());
    }

    public void heal() {
        script.check("heal", id());
    }

    /** What the user {@code brick} meets when calling sudo. */
    public void sudo(Sudo sudo) {
        script.check("sudo", id(), sudo.name().toLowerCase(java.util.Locale.ROOT));
    }

    private String id() {
        return Integer.toString(number);
    }
}
