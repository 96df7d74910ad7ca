package bricklayer.mount;

import java.util.Optional;

/** One line of fstab that mounts something; comments are none. */
public record FstabEntry(String device, String mountPoint, String type, String options) {

    /** Empty for a line that mounts nothing. */
    static Optional<FstabEntry> read(String line) {
        String[] words = line.strip().split("\\s+", -1);
        return words.length >= 4 && !words[0].startsWith("#")
                ? Optional.of(new FstabEntry(words[0], words[1], words[2], words[3]))
                : Optional.empty();
    }
}
