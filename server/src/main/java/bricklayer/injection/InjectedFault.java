package bricklayer.injection;

/** What a rule throws at a fault point in the place of what would have gone wrong there. */
public class InjectedFault extends RuntimeException {

    InjectedFault(String message) {
        super(message);
    }
}
