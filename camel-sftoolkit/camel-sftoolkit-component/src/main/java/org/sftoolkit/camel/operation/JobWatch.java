package org.sftoolkit.camel.operation;

import org.sftoolkit.camel.model.JobInfo;

/** Sees the bulk jobs that calls make, load and wait for. Thread-safe, quick, never throws. */
@FunctionalInterface
public interface JobWatch {

    /** Nobody looks. */
    JobWatch NONE = job -> new Watched() {
        @Override
        public void now(JobInfo job) {}

        @Override
        public void end() {}
    };

    /** A call begins with a job, one of its own or one that it waits for. To be ended whatever becomes of the job. */
    Watched begin(JobInfo job);

    /** A job that a call is at. */
    interface Watched {

        /** The job as Salesforce has just described it. */
        void now(JobInfo job);

        /** The call has done with it. Does nothing when called again. */
        void end();
    }
}
