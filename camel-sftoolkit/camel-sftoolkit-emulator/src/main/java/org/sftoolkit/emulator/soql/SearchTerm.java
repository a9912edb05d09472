package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a record has to contain to be found (SOQL and SOSL Reference: SearchQuery Syntax). Words are compared whole and
 * without regard to case; {@code *} stands for any characters and {@code ?} for one.
 */
sealed interface SearchTerm {
    /** @param texts the words of each searched field of a record */
    boolean in(List<List<String>> texts);

    /** Words that follow each other in one field; a single word is a phrase of one. */
    record Phrase(List<LikePattern> words) implements SearchTerm {
        @Override
        public boolean in(List<List<String>> texts) {
            return texts.stream().anyMatch(text -> IntStream.rangeClosed(0, text.size() - words.size())
                    .anyMatch(start -> startsAt(text, start)));
        }

        private boolean startsAt(List<String> text, int start) {
            return IntStream.range(0, words.size()).allMatch(i -> words.get(i).test(text.get(start + i)));
        }
    }

    record Both(SearchTerm left, SearchTerm right) implements SearchTerm {
        @Override
        public boolean in(List<List<String>> texts) {
            return left.in(texts) && right.in(texts);
        }
    }

    record Either(SearchTerm left, SearchTerm right) implements SearchTerm {
        @Override
        public boolean in(List<List<String>> texts) {
            return left.in(texts) || right.in(texts);
        }
    }

    record Without(SearchTerm left, SearchTerm right) implements SearchTerm {
        @Override
        public boolean in(List<List<String>> texts) {
            return left.in(texts) && !right.in(texts);
        }
    }

    /** The words of a text, in order and in lower case: runs of letters and digits. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
        }
        return words;
    }
}
