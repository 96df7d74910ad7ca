package bricklayer.functional.history;

/** The starts of the server, one after the other, as its clients know them. Thread-safe. */
public interface Servers {

    int NONE = -1;

    /** Which start it is, from 0; {@link #NONE} from before it is killed until the next. */
    int number();

    int port();
}
