package org.sftoolkit.emulator.bulk;

/** The processing of one job. Safe for threads. */
interface JobRun extends JobQueue.Work {

    BulkJob job();

    @Override
    default boolean ended() {
        return job().state().terminal();
    }

    /** Goes one step further: into progress, over one batch, to the end. Answers whether the job has ended. */
    @Override
    boolean step();

    /**
     * Aborts the job; written rows stay.
     *
     * @throws BulkRefusedException when it has ended already
     */
    void abort();
}
