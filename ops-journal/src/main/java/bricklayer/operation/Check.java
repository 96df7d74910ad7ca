package bricklayer.operation;

import bricklayer.host.HostReader;

/**
 * What must be true on hosts for a plan to be right, and is not a step's own business, such as that a brick's data lies elsewhere too before it is given up. Asked before the
 * first stage and again directly before the pivot, for making room may have taken long. A stored value like {@link Step}.
 */
public interface Check {

    String name();

    /**
     * Changes nothing.
     *
     * @throws Refused when the operation must not be done; it is taken back, and its caller hears the text
     * @throws bricklayer.host.HostFailure when nobody could tell; the operation is taken back as well
     */
    void ask(HostReader hosts);
}
