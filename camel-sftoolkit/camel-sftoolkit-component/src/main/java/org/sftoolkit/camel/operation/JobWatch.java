package org.sftoolkit.camel.operation;

import org.sftoolkit.camel.model.JobInfo;

/** Is told of the bulk jobs that calls create, load and wait for. Thread-safe, quick, never throws. */
@FunctionalInterface
public interface JobWatch {

    /** Does nothing. */
    JobWatch NONE = job -> new Watched() {
        @Override
        public void now(JobInfo job) {}

        @Override
        public void end() {}
    };

    /** A call starts to work with a job, its own or one that it waits for. The result must be closed in any case. */
    Watched begin(JobInfo job);

    /** A job that a call works with. */
    interface Watched {

        /** The job as Salesforce has just described it. */
        void now(JobInfo job);

        /** The call has finished with the job. Further calls do nothing. */
        void end();
    }
}
