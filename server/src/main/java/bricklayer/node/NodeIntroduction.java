package bricklayer.node;

import bricklayer.host.HostName;

/** Told of a node before it is first used. Real nodes need no introduction; simulated ones learn that their two names belong together. */
@FunctionalInterface
public interface NodeIntroduction {

    NodeIntroduction NONE = (manage, storage) -> {};

    void introduce(HostName manage, String storage);
}
