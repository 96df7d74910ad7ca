package bricklayer.tools;

/** What the start of a program is measured against: a JVM that says hello. */
public final class Hello {

    private Hello() {}

    @SuppressWarnings("SystemOut") // that is all it does
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
