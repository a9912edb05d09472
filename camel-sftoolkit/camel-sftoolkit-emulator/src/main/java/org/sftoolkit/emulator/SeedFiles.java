package org.sftoolkit.emulator;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Seeding;

/**
 * Fills an org with the records of files: {@code Account.csv} with a header, {@code Account.json} with an array of records or with
 * {@code {"records": []}}, and any other JSON with lists of records by object, as {@code /__emulator/export} answers. Parents may be
 * named by a key ({@code Account.External_ID__c}), in any order of the files.
 */
final class SeedFiles {

    /** Records that come with the emulator, unless there is a file or folder of this name. */
    private static final Path DEMO = Path.of("demo");

    private final Org org;

    SeedFiles(Org org) {
        this.org = org;
    }

    /** Whether there is something to load of that name. */
    static boolean exists(Path fileOrFolder) {
        return fileOrFolder.equals(DEMO) || Files.exists(fileOrFolder);
    }

    /**
     * Loads a file, or all files of a folder.
     *
     * @throws IllegalArgumentException when something cannot be read or is refused, naming its place
     */
    void load(Path fileOrFolder) {
        Seeding seeds = new Seeding(org);
        try {
            if (fileOrFolder.equals(DEMO) && !Files.exists(DEMO)) {
                try (InputStream demo = SeedFiles.class.getResourceAsStream("demo.json")) {
                    json(DEMO, demo.readAllBytes(), seeds);
                }
            } else if (Files.isDirectory(fileOrFolder)) {
                try (Stream<Path> files = Files.list(fileOrFolder)) {
                    List<Path> all = files.filter(
                                    file -> !file.getFileName().toString().startsWith("."))
                            .sorted()
                            .toList();
                    if (all.isEmpty()) {
                        throw new IllegalArgumentException(fileOrFolder + " has no .csv or .json file");
                    }
                    for (Path file : all) {
                        read(file, seeds);
                    }
                }
            } else {
                read(fileOrFolder, seeds);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + fileOrFolder + ": " + e, e);
        }
        seeds.write();
    }

    /**
     * Loads lists of records by object.
     *
     * @throws IllegalArgumentException when something is refused, naming its place
     */
    void load(String place, Map<String, Object> objects) {
        Seeding seeds = new Seeding(org);
        objects.forEach((object, list) ->
                records(Path.of(place), object, list instanceof List<?> some ? some : List.of(list), seeds));
        seeds.write();
    }

    private void read(Path file, Seeding seeds) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".csv")) {
            csv(file, known(stem(file), file), seeds);
        } else if (name.endsWith(".json")) {
            json(file, Files.readAllBytes(file), seeds);
        } else if (!name.startsWith(".")) {
            throw new IllegalArgumentException(file + ": use .csv or .json files");
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private String known(String object, Path file) {
        return org.schema()
                .object(object)
                .orElseThrow(() -> new IllegalArgumentException(file + ": the schema has no object '" + object
                        + "'; name the file after one, or add it by --schema"))
                .name();
    }

    private static void csv(Path file, String object, Seeding seeds) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                Map<String, Object> fields = new LinkedHashMap<>();
                row.getFieldsAsMap().forEach((name, value) -> field(fields, name, value));
                seeds.add(object, fields, file + ", line " + row.getStartingLineNumber());
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static void field(Map<String, Object> fields, String name, String value) {
        if (value.isEmpty() || value.equals("#N/A")) {
            return;
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            fields.put(name, value);
            return;
        }
        int colon = name.indexOf(':');
        Map<String, Object> parent = new LinkedHashMap<>();
        if (colon >= 0 && colon < dot) {
            parent.put("attributes", Map.of("type", name.substring(0, colon)));
        }
        parent.put(name.substring(dot + 1), value);
        fields.put(name.substring(colon < dot ? colon + 1 : 0, dot), parent);
    }

    private static void json(Path file, byte[] bytes, Seeding seeds) {
        Object read;
        try {
            read = Json.read(bytes);
        } catch (ApiException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        Object records = read instanceof Map<?, ?> map && map.get("records") instanceof List<?> list ? list : read;
        if (records instanceof List<?> list) {
            records(file, stem(file), list, seeds);
        } else if (records instanceof Map<?, ?> objects) {
            objects.forEach((object, list) ->
                    records(file, String.valueOf(object), list instanceof List<?> some ? some : List.of(list), seeds));
        } else {
            throw new IllegalArgumentException(file + ": not a list of records");
        }
    }

    private static void records(Path file, String object, List<?> list, Seeding seeds) {
        int number = 0;
        for (Object element : list) {
            number++;
            String place = file + ", " + object + " " + number;
            if (!(element instanceof Map<?, ?> record)) {
                throw new IllegalArgumentException(place + ": not a record");
            }
            seeds.add(object, record, place);
        }
    }
}
