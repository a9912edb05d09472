import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Looks at what {@code mvn -Prelease verify} made for Maven Central: each published module needs jar, sources, Javadoc and
 * bill of materials; a jar needs the licence and a module name; a pom needs what the portal asks for.
 *
 * <p>{@code java .ci/ReleaseCheck.java [--signed]} in the checkout; exit code 1 and a line for each fault.
 */
class ReleaseCheck {

    private static final List<String> FAULTS = new ArrayList<>();
    private static boolean signed;
    private static String version;

    public static void main(String[] args) throws IOException {
        signed = List.of(args).contains("--signed");
        Path root = Path.of("").toAbsolutePath();
        version = element(Files.readString(root.resolve("pom.xml")), "version");
        int modules = 0;
        for (Path pom : poms(root)) {
            String text = Files.readString(pom);
            if (!text.contains("<maven.deploy.skip>true<")) {
                modules++;
                check(pom.getParent(), text, element(text.replaceAll("(?s)<parent>.*?</parent>", ""), "artifactId"));
            }
        }
        if (modules < 8) {
            FAULTS.add("only " + modules + " published modules found in " + root);
        }
        FAULTS.forEach(System.err::println);
        System.out.println(modules + " modules checked, " + FAULTS.size() + " faults");
        System.exit(FAULTS.isEmpty() ? 0 : 1);
    }

    private static List<Path> poms(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !root.relativize(file).toString().matches(".*(target|src).*"))
                    .sorted()
                    .toList();
        }
    }

    private static void check(Path module, String pom, String artifact) throws IOException {
        String packaging = element(pom, "packaging");
        Path target = module.resolve("target");
        String base = artifact + "-" + version;
        need(target.resolve("bom.json"), "bill of materials");
        need(target.resolve("bom.xml"), "bill of materials");
        if ("pom".equals(packaging)) {
            return;
        }
        Path jar = target.resolve(base + ".jar");
        if (need(jar, "jar")) {
            entries(jar, "META-INF/LICENSE");
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                String manifest = new String(
                        zip.getInputStream(zip.getEntry("META-INF/MANIFEST.MF")).readAllBytes());
                if (!manifest.contains("Automatic-Module-Name: org.sftoolkit.")) {
                    FAULTS.add(jar + ": no Automatic-Module-Name");
                }
            }
        }
        Path sources = target.resolve(base + "-sources.jar");
        if (need(sources, "sources")) {
            entries(sources, "META-INF/LICENSE");
        }
        Path javadoc = target.resolve(base + "-javadoc.jar");
        if (need(javadoc, "Javadoc") && !"maven-archetype".equals(packaging)) {
            entries(javadoc, "index.html");
        }
        if (signed) {
            for (Path file : List.of(jar, sources, javadoc)) {
                need(Path.of(file + ".asc"), "signature");
            }
        }
    }

    private static boolean need(Path file, String what) throws IOException {
        if (!Files.exists(file) || Files.size(file) < 100) {
            FAULTS.add(file + ": no " + what);
            return false;
        }
        return true;
    }

    private static void entries(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(name) == null) {
                FAULTS.add(jar + ": no " + name);
            }
        }
    }

    private static String element(String xml, String name) {
        Matcher element = Pattern.compile("<" + name + ">([^<]*)<").matcher(xml);
        return element.find() ? element.group(1) : null;
    }
}
