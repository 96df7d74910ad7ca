package bricklayer.device;

import java.util.random.RandomGenerator;

/** Makes ids in LVM's form: 32 letters and digits in groups of 6-4-4-4-4-4-6. Thread-safe when its source is. */
public final class PhysicalVolumeIds {

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int[] GROUPS = {6, 4, 4, 4, 4, 4, 6};

    private final RandomGenerator random;

    public PhysicalVolumeIds(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        StringBuilder id = new StringBuilder();
        for (int group : GROUPS) {
            id.append(id.isEmpty() ? "" : "-");
            for (int i = 0; i < group; i++) {
                id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
            }
        }
        return id.toString();
    }
}
