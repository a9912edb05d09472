package org.sftoolkit.emulator.control;

import java.util.Map;

/** Hears of what is set over HTTP and has to be there again at the next start. Called after it has been set. */
@FunctionalInterface
public interface SettingKeeper {

    /**
     * Keeps a setting.
     *
     * @param name {@code schema}, {@code user} or {@code app}
     * @param value as it came
     */
    void keep(String name, Map<String, Object> value);
}
