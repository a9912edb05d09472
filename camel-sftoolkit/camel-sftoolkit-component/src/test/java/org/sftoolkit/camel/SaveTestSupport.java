package org.sftoolkit.camel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.sftoolkit.camel.model.SaveResults;

abstract class SaveTestSupport extends RouteTestSupport {

    static final String SAVE = "sftoolkit:save:Account?";
    static final String BY_KEY = SAVE + "externalIdField=External_ID__c&concurrency=5&";

    static Map<String, Object> account(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static List<Map<String, Object>> list(int size, IntFunction<Map<String, Object>> record) {
        return new ArrayList<>(IntStream.range(0, size).mapToObj(record).toList());
    }

    SaveResults save(String uri, Object body) {
        return body(uri, body, SaveResults.class);
    }

    static List<String> codes(SaveResults results) {
        return results.stream()
                .map(result ->
                        result.errors().isEmpty() ? "-" : result.errors().get(0).statusCode())
                .toList();
    }

    static List<String> warnings(Runnable work) {
        try (var log = new CapturedLog()) {
            work.run();
            return log.lines().stream()
                    .filter(line -> line.startsWith("WARN org.sftoolkit.camel"))
                    .toList();
        }
    }
}
