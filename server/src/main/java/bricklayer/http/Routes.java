package bricklayer.http;

/** The paths of one feature. */
public interface Routes {

    /** Called once, before the server listens. */
    void mount(Router router);
}
