package bricklayer.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the commonest commands once, so that the JVM can record which classes they need and later runs start with them; the launcher does this once for each jar. They
 * ask a server in this process that knows one of each thing.
 */
public final class Rehearsal {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    private static final String BRICK = """
            {"id":"#","path":"/p","device":"#","node":"#","volume":"#","size":1048576}""";

    private static final String DEVICE = """
            {"name":"/dev/sdb","storage":{"total":1,"free":1,"used":0},"id":"#","state":"online","bricks":[BRICK]}""".replace("BRICK", BRICK);

    /** By the first word of the path, and whether one thing is asked for. */
    private static final Map<String, String> ANSWERS = Map.of(
            "clusters",
            """
            {"clusters":["#"]}""",
            "clusters/",
            """
            {"id":"#","nodes":["#"],"volumes":["#"],"block":true,"file":true,"blockvolumes":[]}""",
            "nodes/",
            """
            {"zone":1,"hostnames":{"manage":["a"],"storage":["b"]},"cluster":"#","id":"#","state":"online","devices":[DEVICE]}""".replace("DEVICE", DEVICE),
            "devices/",
            DEVICE,
            "volumes",
            """
            {"volumes":["#"]}""",
            "volumes/",
            """
            {"size":1,"name":"v","durability":{"type":"replicate","replicate":{"replica":3},"disperse":{}},
             "snapshot":{"enable":false,"factor":1},"id":"#","cluster":"#","blockinfo":{},
             "mount":{"glusterfs":{"hosts":["b"],"device":"b:v","options":{"o":"v"}}},"bricks":[BRICK]}""".replace("BRICK", BRICK));

    static final List<List<String>> COMMANDS = List.of(
            List.of("volume", "list"),
            List.of("volume", "list", "--json"),
            List.of("--color", "never", "volume", "list"),
            List.of("volume", "list", "-o", "wide"),
            List.of("volume", "info", ID),
            List.of("cluster", "list"),
            List.of("node", "list"),
            List.of("topology", "info"));

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        Hello.main(args);
        Path folder = Files.createTempDirectory("rehearsal");
        try {
            run(folder, Main.surroundings(System.getenv(), new PrintWriter(Writer.nullWriter())));
        } finally {
            for (String name : List.of("server.json", "heketi.json")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        }
    }

    /**
     * Returns the commands that failed.
     *
     * @param folder gets what a quickstart would leave there
     */
    static List<List<String>> run(Path folder, Surroundings real) throws IOException {
        try (ServerSocket server = serve()) {
            Files.writeString(
                    folder.resolve("server.json"),
                    "{\"pid\":1,\"url\":\"http://127.0.0.1:" + server.getLocalPort() + "\"}");
            Files.writeString(
                    folder.resolve("heketi.json"), "{\"port\":\"1\",\"jwt\":{\"admin\":{\"key\":\"rehearsal\"}}}");
            Map<String, String> named = Map.of(
                    "HEKETI_CLI_SERVER",
                    "http://127.0.0.1:" + server.getLocalPort(),
                    "HEKETI_CLI_KEY",
                    "rehearsal",
                    "HOME",
                    folder.toString());
            return Stream.of(named, Map.of("BRICKLAYER_DATA", folder.toString(), "HOME", folder.toString()))
                    .flatMap(environment -> failed(environment, real).stream())
                    .toList();
        }
    }

    private static List<List<String>> failed(Map<String, String> environment, Surroundings real) {
        Surroundings surroundings = new Surroundings(
                environment,
                real.workingFolder(),
                real.launcher(),
                false,
                Terminal.NONE,
                real.out(),
                real.err(),
                real.time(),
                real.random());
        return COMMANDS.stream()
                .filter(command -> Main.run(surroundings, command.toArray(String[]::new)) != 0)
                .toList();
    }

    /** A server that knows one of each thing, until it is closed. */
    static ServerSocket serve() throws IOException {
        ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> serve(server));
        return server;
    }

    private static void serve(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    answer(client);
                }
            }
        } catch (SocketException e) {
            // closed: it is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String request = in.readLine();
        for (String line = request; line != null && !line.isEmpty(); line = in.readLine()) {
            // to the end of the head; a read has no body
        }
        String path = request == null ? "" : request.split(" ", -1)[1].substring(1);
        int slash = path.indexOf('/');
        String body = ANSWERS.get(slash < 0 ? path : path.substring(0, slash + 1));
        String status = body == null ? "404 Not Found" : "200 OK";
        byte[] bytes = String.valueOf(body).replace("#", ID).getBytes(StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }
}
