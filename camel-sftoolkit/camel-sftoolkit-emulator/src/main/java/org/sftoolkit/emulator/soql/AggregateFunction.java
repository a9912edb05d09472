package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.Row;

/** The aggregate functions and what they take (SOQL and SOSL Reference: Aggregate Functions). */
enum AggregateFunction {
    AVG,
    COUNT,
    COUNT_DISTINCT,
    MIN,
    MAX,
    SUM;

    static Optional<AggregateFunction> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean takes(Column<?> column) {
        return switch (this) {
            case AVG, SUM -> column.kind() == ValueKind.NUMBER;
            case MIN, MAX ->
                switch (column.kind()) {
                    case BOOLEAN, MULTIPICKLIST, OPAQUE -> false;
                    default -> true;
                };
            case COUNT, COUNT_DISTINCT -> column.kind() != ValueKind.OPAQUE && column.kind() != ValueKind.MULTIPICKLIST;
        };
    }

    FieldType resultType(Column<?> column) {
        return switch (this) {
            case COUNT, COUNT_DISTINCT -> FieldType.INT;
            case AVG -> FieldType.DOUBLE;
            case MIN, MAX, SUM -> column.type();
        };
    }

    /** A fresh accumulator; fed by one thread. */
    Accumulator over(Column<Row> column) {
        return switch (this) {
            case COUNT -> new Counter(column);
            case COUNT_DISTINCT -> new DistinctCounter(column);
            case SUM, AVG -> new Total(column, this == AVG);
            case MIN -> new Extreme(column, Ordering.values(column));
            case MAX -> new Extreme(column, Ordering.values(column).reversed());
        };
    }

    /** Collects the values of one group; nulls do not count. */
    interface Accumulator {
        void add(Row row);

        /** The result so far, null if nothing was added and the function has no zero. */
        Object result();
    }

    private static final class Counter implements Accumulator {
        private final Column<Row> column;
        private long count;

        private Counter(Column<Row> column) {
            this.column = column;
        }

        @Override
        public void add(Row row) {
            count += column.comparable(row) == null ? 0 : 1;
        }

        @Override
        public Object result() {
            return BigDecimal.valueOf(count);
        }
    }

    private static final class DistinctCounter implements Accumulator {
        private final Column<Row> column;
        private final Set<Object> seen = new HashSet<>();

        private DistinctCounter(Column<Row> column) {
            this.column = column;
        }

        @Override
        public void add(Row row) {
            Object key = column.comparable(row);
            if (key != null) {
                seen.add(key);
            }
        }

        @Override
        public Object result() {
            return BigDecimal.valueOf(seen.size());
        }
    }

    private static final class Total implements Accumulator {
        private final Column<Row> column;
        private final boolean average;
        private BigDecimal sum = BigDecimal.ZERO;
        private long count;

        private Total(Column<Row> column, boolean average) {
            this.column = column;
            this.average = average;
        }

        @Override
        public void add(Row row) {
            if (column.of(row) instanceof BigDecimal number) {
                sum = sum.add(number);
                count++;
            }
        }

        @Override
        public Object result() {
            if (count == 0) {
                return null;
            }
            return average ? sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64) : sum;
        }
    }

    private static final class Extreme implements Accumulator {
        private final Column<Row> column;
        private final Comparator<Object> order;
        private Object best;

        private Extreme(Column<Row> column, Comparator<Object> order) {
            this.column = column;
            this.order = order;
        }

        @Override
        public void add(Row row) {
            Object value = column.of(row);
            if (value != null && (best == null || order.compare(value, best) < 0)) {
                best = value;
            }
        }

        @Override
        public Object result() {
            return best;
        }
    }
}
