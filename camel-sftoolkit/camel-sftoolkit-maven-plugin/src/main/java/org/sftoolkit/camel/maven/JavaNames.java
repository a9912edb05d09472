package org.sftoolkit.camel.maven;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names in Java for names of an org's objects and fields, each of them once. */
final class JavaNames {

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** The name of a class: {@code Invoice} for {@code Invoice__c}. */
    String type(String object) {
        return names.computeIfAbsent(object, name -> unique(capital(words(name)), "Object"));
    }

    /** The name of a field: {@code externalId} for {@code External_ID__c}. */
    String field(String field) {
        return names.computeIfAbsent(field, name -> unique(small(words(name)), "Field"));
    }

    private String unique(String wanted, String kind) {
        String name = SourceVersion.isKeyword(wanted) || isOfJava(wanted) ? wanted + kind : wanted;
        String free = name;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + i;
        }
        return free;
    }

    /** Classes that need no import would be hidden by one of the same name. */
    private static boolean isOfJava(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    private static String words(String name) {
        var joined = new StringBuilder();
        for (String word : name.replaceFirst("__[a-z]+$", "").split("_+")) {
            boolean abbreviation = word.equals(word.toUpperCase(Locale.ROOT));
            joined.append(abbreviation ? capital(word.toLowerCase(Locale.ROOT)) : capital(word));
        }
        return joined.toString();
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** Abbreviations at the beginning become small as a whole: {@code slaLevel} for {@code SLALevel}. */
    private static String small(String name) {
        int end = 0;
        while (end < name.length() && Character.isUpperCase(name.charAt(end))) {
            end++;
        }
        if (end > 1 && end < name.length() && Character.isLetter(name.charAt(end))) {
            end--;
        }
        return name.substring(0, end).toLowerCase(Locale.ROOT) + name.substring(end);
    }
}
