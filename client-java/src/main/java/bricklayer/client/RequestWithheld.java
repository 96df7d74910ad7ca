package bricklayer.client;

/** What a {@link RequestWatcher} throws to keep a request from being sent. It comes out of the call that asked for it; {@link BricklayerClient#applyTopology} goes on with the changes that are left. */
public class RequestWithheld extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RequestWithheld() {
        super("withheld before it was sent", null, false, false);
    }
}
