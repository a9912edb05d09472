package org.sftoolkit.camel.maven;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a wrong name was probably meant to be. */
final class Suggestions {

    private static final int MOST = 3;
    private static final int CHARACTERS_PER_SLIP = 4;

    private Suggestions() {}

    /** A question to append to a message; empty if no known name is similar. */
    static String of(String wrong, Collection<String> known) {
        List<String> names = names(wrong, known);
        return names.isEmpty() ? "" : didYouMean(names.toArray(String[]::new));
    }

    /** Known names that differ by the fewest slips of a key; else those that one of the two begins with. */
    static List<String> names(String wrong, Collection<String> known) {
        int least = known.stream().mapToInt(name -> distance(wrong, name)).min().orElse(Integer.MAX_VALUE);
        if (least <= Math.max(1, wrong.length() / CHARACTERS_PER_SLIP)) {
            return known.stream()
                    .filter(name -> distance(wrong, name) == least)
                    .sorted()
                    .toList();
        }
        return known.stream()
                .filter(name -> begins(name, wrong) || begins(wrong, name))
                .sorted()
                .toList();
    }

    private static boolean begins(String text, String start) {
        return start.length() > 1 && text.regionMatches(true, 0, start, 0, start.length());
    }

    /** Characters to insert, remove, replace or swap with their neighbour, whatever their case. */
    private static int distance(String wrong, String known) {
        String a = wrong.toLowerCase(Locale.ROOT);
        String b = known.toLowerCase(Locale.ROOT);
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int replaced = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(replaced, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }
        return slips[a.length()][b.length()];
    }

    static String didYouMean(String... names) {
        var shown = new StringBuilder(": did you mean ");
        for (int i = 0; i < Math.min(MOST, names.length); i++) {
            shown.append(i == 0 ? "" : " or ").append(names[i]);
        }
        return shown.append('?').toString();
    }
}
