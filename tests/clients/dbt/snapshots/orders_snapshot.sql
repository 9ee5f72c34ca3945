{% snapshot orders_snapshot %}
{{ config(target_schema='SNAP', unique_key='id', strategy='timestamp', updated_at='updated_at') }}
select * from {{ ref('orders') }}
{% endsnapshot %}
