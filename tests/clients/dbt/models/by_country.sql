{{ config(materialized='incremental', unique_key='country', incremental_strategy='merge') }}
select country, sum(amount) as amount, count(*) as orders from {{ ref('orders') }} group by country
